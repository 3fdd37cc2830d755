/// What is the same in all of Kotlin's code.
enum KotlinRuntime {
    /// Values as clients take them: Documentation/Protocol.md, section 3.
    static let values = #"""
        /** A string that has a type of its own. */
        interface PlacardValue {
            val value: String
        }

        /** A context, or an event, as JSON text. */
        fun Map<String, Any>.toJsonText(): String = StringBuilder().also { writeJson(this, it) }.toString()

        private fun placardObject(vararg members: Pair<String, Any?>): Map<String, Any> {
            val result = LinkedHashMap<String, Any>()
            for ((name, value) in members) {
                val json = placardJson(value)
                if (json != null) result[name] = json
            }
            return result
        }

        private fun placardJson(value: Any?): Any? = when (value) {
            is PlacardValue -> value.value
            is Instant -> value.toString()
            is Duration -> java.math.BigDecimal.valueOf(value.seconds)
                .add(java.math.BigDecimal.valueOf(value.nano.toLong(), 9)).stripTrailingZeros().toPlainString() + "s"
            is Double -> if (value.isNaN() || value.isInfinite()) null else value
            is List<*> -> value.map { placardJson(it) }
            is Map<*, *> -> value.entries.associate { it.key.toString() to placardJson(it.value) }
            else -> value
        }

        private fun writeJson(value: Any?, text: StringBuilder) {
            when (value) {
                is String -> writeJsonString(value, text)
                is List<*> -> {
                    text.append('[')
                    value.forEachIndexed { index, element ->
                        if (index > 0) text.append(',')
                        writeJson(element, text)
                    }
                    text.append(']')
                }
                is Map<*, *> -> {
                    text.append('{')
                    value.entries.forEachIndexed { index, entry ->
                        if (index > 0) text.append(',')
                        writeJsonString(entry.key.toString(), text)
                        text.append(':')
                        writeJson(entry.value, text)
                    }
                    text.append('}')
                }
                else -> text.append(value.toString())
            }
        }

        private fun writeJsonString(value: String, text: StringBuilder) {
            text.append('"')
            for (character in value) {
                if (character == '"' || character == '\\') {
                    text.append('\\').append(character)
                } else if (character < ' ' || Character.isSurrogate(character)) {
                    text.append("\\u").append((character - '\u0000').toString(16).padStart(4, '0'))
                } else {
                    text.append(character)
                }
            }
            text.append('"')
        }
        """#
}
