"""The playground: any network on any data, forwards and back, to be shared as a short code.

play.py     everything that names a playground, and the network it makes
points.py   points of the plane, of any noise and number      features.py  what is made of them
problem.py  the data of a playground as a problem             run.py       its training
fields.py   what can be changed      lab.py   what can be done      seen.py   what is to be seen
words.py    where numbers come from  code.py  the program that does it
share.py    a playground as a short code and back              gallery.py   scenes worth seeing
"""
