"""How cases are found and shown: lists, board, views, watches, presence, links, themes, Today."""
