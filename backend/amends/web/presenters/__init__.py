"""How do the services' structs become strings on a page? Prepared once, so that templates only place them."""
