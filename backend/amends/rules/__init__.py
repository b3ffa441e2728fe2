"""Pure rules: facts and an instant in, a decision out; no I/O, no clock."""
