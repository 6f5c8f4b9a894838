mod meaning;
mod mention;
mod reading;
