"""The rules of the branch register: one small check each, by what they are about; `table.RULES` holds them all."""
