#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Asks the system to show an address in the browser; that it cannot is no fault, as the address is printed.
func openBrowser(_ address: String) {
    #if canImport(Darwin)
        let program = "open"
    #else
        let program = "xdg-open"
    #endif
    var arguments = [strdup(program), strdup(address), nil]
    defer { for argument in arguments { free(argument) } }
    var process = pid_t()
    posix_spawnp(&process, program, nil, nil, &arguments, environ)
}
