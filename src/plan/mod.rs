//! Regulation + roster + staff → the chats that should exist.
//!
//! A pure function of values: the same inputs give the same plan. It opens no file and knows neither links nor papers.
