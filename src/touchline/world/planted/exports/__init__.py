"""The planted company's files, as its shop, its help desk, its survey tool and its browsers write them."""
