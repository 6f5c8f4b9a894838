"""The class lists of the corpus: what is declared here is both written as a file and as what is expected of it."""
