using System.Globalization;

namespace OrleansAtlas.Client;

/// <summary>What the system lets this process have, where that is too little to work with.</summary>
internal static class ProcessLimits
{
    // The program itself opens some 60 files before it does anything, and pipes to two programs for each film at work.
    private const int FewestFiles = 256;

    /// <summary>Looks whether the limits leave room to work.</summary>
    /// <returns>Null, or one sentence.</returns>
    public static string? Problem() => OperatingSystem.IsLinux() ? Problem(File.ReadLines("/proc/self/limits")) : null;

    /// <summary>The same for these lines of <c>/proc/PID/limits</c>.</summary>
    internal static string? Problem(IEnumerable<string> limits)
    {
        const string Files = "Max open files";
        var words = limits
            .FirstOrDefault(line => line.StartsWith(Files, StringComparison.Ordinal))
            ?[Files.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);

        // The hard limit: .NET takes all of it when it starts. It reads "unlimited" where there is none.
        return
            words is [_, var hard, ..]
            && int.TryParse(hard, NumberStyles.None, CultureInfo.InvariantCulture, out var most)
            && most < FewestFiles
            ? $"this process may open only {most} files, {FewestFiles} are needed: raise the limit with 'ulimit -Hn {FewestFiles}' or more."
            : null;
    }
}
