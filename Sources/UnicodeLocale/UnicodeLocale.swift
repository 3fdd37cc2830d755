// UnicodeLocale
