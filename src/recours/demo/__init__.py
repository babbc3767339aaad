"""The mailbox of the demo, made by tools/mailboxes from a story: people, shop and addresses are made up."""
