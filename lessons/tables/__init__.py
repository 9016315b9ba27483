"""Tables that learners bring: read, understood column by column, made ready for a network.

reading.py      a file as a frame, and what had to be guessed to read it
columns.py      what is in each column, and what becomes of it
target.py       the column to predict: a number, or one of some classes
preparing.py    a frame as the inputs of a network, today and when predicting
writing.py      rows as text, for any other program

pandas reads the files. It is imported when a table is read, and by nothing else.
"""
