//! Hostile values, every state, and what must never stand on a page.
