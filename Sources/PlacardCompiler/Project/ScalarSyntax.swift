import LocatedYAML
import PlacardBundle
func durationMilliseconds(_ text: String) -> Int64? { nil }
func percentHundredths(_ text: String) -> Int64? { nil }
func scheduleTime(_ text: String) -> ScheduleTime? { nil }
func dayHours(_ text: String) -> Hours? { nil }
func frequencyRules(_ node: YAMLNode?) -> [FrequencyRule] { [] }
func fits(_ text: String, _ type: AttributeType) -> Bool { true }
