using NetVips;

namespace OrleansAtlas.Images;

/// <summary>What libvips says when something fails.</summary>
/// <remarks>Its buffer of messages is one for the whole process: what fails is done once more, alone.</remarks>
internal static class VipsFailure
{
    private static readonly ReaderWriterLockSlim Alone = new();

    /// <summary>Does something with libvips, and where it fails once more while nothing else is under way.</summary>
    /// <exception cref="VipsException">It failed again; the messages are its own.</exception>
    public static T WithItsReason<T>(Func<T> work)
    {
        Alone.EnterReadLock();
        try
        {
            return work();
        }
        catch (VipsException)
        {
            // Below.
        }
        finally
        {
            Alone.ExitReadLock();
        }

        return AtNoOtherTime(work);
    }

    /// <summary>Does something with libvips while nothing else is under way, and leaves no messages behind.</summary>
    public static T AtNoOtherTime<T>(Func<T> work)
    {
        Alone.EnterWriteLock();
        try
        {
            Forget();
            return work();
        }
        finally
        {
            Forget();
            Alone.ExitWriteLock();
        }
    }

    /// <summary>The messages of libvips for the end of a sentence: one line, no trailing stop.</summary>
    public static string Reason(this VipsException error)
    {
        // NetVips puts a line of its own before them.
        var lines = error
            .Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Skip(1)
            .Distinct()
            .ToList();
        return lines.Count == 0 ? "libvips does not say why" : string.Join("; ", lines);
    }

    /// <summary>Drops the messages, so that they do not turn up in the next failure. NetVips does it where it makes an exception.</summary>
    public static void Forget() => _ = new VipsException("");
}
