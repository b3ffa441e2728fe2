"""How does a struct of the services become strings on a page? Prepared once, so that templates only place them."""
