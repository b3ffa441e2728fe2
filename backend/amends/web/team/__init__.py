"""Who we are and when we work: members, sign-in, roles, calendars, rotas, absences, policies, settings."""
