print("optimize-assets")
