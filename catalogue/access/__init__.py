"""Who gets in to the staff's site, and for how long: sign-in and its limits, the second factor, sessions."""
