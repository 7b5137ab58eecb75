"""Made-up paper: invented people, the many ways branches write them down, and the mess an inbox holds.

Nobody in here exists: names, places and branches are drawn from `words_vi.toml`, every identity
number begins with 099. Shipped with the product for `songuon demo`, its tests and its benchmarks.
"""
