"""How customers come back, leave without saying so, and what that is worth. Times are weeks."""
