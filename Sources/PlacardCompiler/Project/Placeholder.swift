public struct FrequencyRule: Sendable, Equatable {}
