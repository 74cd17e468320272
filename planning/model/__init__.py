"""What a plan is: its schema, its folder, how it is read, checked and written.

Only this room writes into a plan.
"""
