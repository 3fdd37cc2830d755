// DocumentSchema
