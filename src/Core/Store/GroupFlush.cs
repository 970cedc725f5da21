namespace OrleansAtlas.Store;

/// <summary>Flushes for many at once: whoever asks while a flush runs waits for the next one, which all who asked by then share.</summary>
/// <param name="flush">Blocks until what was written before it was called is on the disk.</param>
internal sealed class GroupFlush(Action flush)
{
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;
    private Task? _next;

    /// <summary>Ends when all that was written before this call is on the disk.</summary>
    public Task RunAsync()
    {
        lock (_lock)
        {
            return _next ??= AfterAsync(_running);
        }
    }

    private async Task AfterAsync(Task before)
    {
        // Never on the caller's thread: it holds the lock.
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_lock)
        {
            (_running, _next) = (_next!, null);
        }

        flush();
    }
}
