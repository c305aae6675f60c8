"""Who is at the other end: invitations, sign-in, sessions, step-up, rate limits."""
