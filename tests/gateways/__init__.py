"""Do our ways to the outside hold, with real servers at the other end?"""
