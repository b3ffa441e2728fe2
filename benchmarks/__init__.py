"""How fast is Amends beside the least that its statements can cost, and does it stay so as cases grow?"""
