"""The form builder: officers write a form by choosing, without seeing the document that it is.

A *draft* is one document (docs/forms.md) with an *edition* for each change. A *part* of it is a section, a question
or a column of a repeating group, found by its codes (*place*). Every change takes a document and gives another, which
the reader of documents checks as a whole before it is kept; so a draft can always be published. A *wording* is what
the pages show: a draft, or a version that was published.
"""
