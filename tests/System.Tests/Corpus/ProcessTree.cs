using System.Globalization;

namespace OrleansAtlas.Tests.Corpus;

/// <summary>All processes that a run of the program started, itself too: those that have its store in their environment.</summary>
internal static class ProcessTree
{
    /// <summary>Ids and resident bytes of those that are there now.</summary>
    public static List<(string Name, long Bytes)> Of(string store)
    {
        var processes = new List<(string, long)>();
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(path[^1])))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(process, "environ")).Split('\0').Contains($"ATLAS_STORE={store}"))
                {
                    var pages = File.ReadAllText(Path.Combine(process, "statm")).Split(' ')[1];
                    processes.Add(
                        (
                            File.ReadAllText(Path.Combine(process, "comm")).Trim(),
                            long.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize
                        )
                    );
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Gone meanwhile, or somebody else's.
            }
        }

        return processes;
    }

    /// <summary>Most resident bytes of all of them together while something runs, looked at a few times a second.</summary>
    public static async Task<(T Result, long Most)> WatchAsync<T>(string store, Task<T> running)
    {
        var most = 0L;
        while (!running.IsCompleted)
        {
            most = Math.Max(most, Of(store).Sum(process => process.Bytes));
            await Task.WhenAny(running, Task.Delay(200));
        }

        return (await running, most);
    }
}
