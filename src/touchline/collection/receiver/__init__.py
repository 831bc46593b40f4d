"""The raw ASGI application in front of Django: reads, checks, keeps, answers. No work per event that can wait is done here."""
