"""Who wrote: people, account matches, customer links, contributors."""
