"""What is true? Pure rules: facts and an instant in, a decision out. No I/O, no clock."""
