"""What a lawyer writes: the texts of a dossier in Word, and back from Word in the dossier."""
