"""What happens by itself? A list of jobs, and a loop that runs them and sends what is ready."""
