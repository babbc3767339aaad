"""The project's own labelled mailboxes, made from stories that a person wrote (stories/*.yaml): same story, same bytes."""
