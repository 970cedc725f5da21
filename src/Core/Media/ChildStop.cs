using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace OrleansAtlas.Media;

/// <summary>Stops a process: it is interrupted, and killed where that does not help.</summary>
internal sealed partial class ChildStop(Process process, string name, TimeSpan grace)
{
    private const int Sigint = 2;

    // A machine that is short of processors or memory takes its time to bury a process.
    private static readonly TimeSpan AfterKill = TimeSpan.FromSeconds(10);

    private readonly int _id = process.Id;

    /// <summary>Asks the process to end, if it still runs.</summary>
    public void Interrupt()
    {
        if (process.HasExited)
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            process.Kill();
        }
        else
        {
            _ = SendSignal(_id, Sigint);
        }
    }

    /// <summary>Interrupts the process, kills it after the grace, and waits for its end.</summary>
    /// <exception cref="TimeoutException">It survived even that.</exception>
    public async Task StopAsync()
    {
        Interrupt();
        if (await ExitsAsync(grace).ConfigureAwait(false))
        {
            return;
        }

        process.Kill(entireProcessTree: true);
        if (!await ExitsAsync(AfterKill).ConfigureAwait(false))
        {
            var waited = AfterKill.TotalSeconds.ToString("0.#' s'", CultureInfo.InvariantCulture);
            throw new TimeoutException($"{name} (process {_id}) is still there {waited} after it was killed; look for a hanging disk.");
        }
    }

    private async Task<bool> ExitsAsync(TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        await process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return process.HasExited;
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
