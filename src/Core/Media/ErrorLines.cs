using System.Text;

namespace OrleansAtlas.Media;

/// <summary>Drains a child's standard error: hands its lines on and remembers the last few.</summary>
internal sealed class ErrorLines(StreamReader reader, Func<string, CancellationToken, ValueTask>? onLine, Action onSign)
{
    private const int TailLines = 12;
    private const int LineLength = 2000;
    private readonly Queue<string> _tail = new();

    /// <summary>The last lines.</summary>
    public string Tail
    {
        get
        {
            lock (_tail)
            {
                return string.Join('\n', _tail);
            }
        }
    }

    /// <summary>Reads to the end, or until the child is given up.</summary>
    public async Task PumpAsync(CancellationToken cancellationToken)
    {
        var buffer = new char[4096];
        var line = new StringBuilder();
        try
        {
            for (int count; (count = await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0; )
            {
                onSign();
                for (var i = 0; i < count; i++)
                {
                    // Progress lines end in a carriage return.
                    if (buffer[i] is not ('\n' or '\r'))
                    {
                        if (line.Length < LineLength)
                        {
                            line.Append(buffer[i]);
                        }
                    }
                    else if (line.Length > 0)
                    {
                        await TakeAsync(line.ToString(), cancellationToken).ConfigureAwait(false);
                        line.Clear();
                    }
                }
            }

            if (line.Length > 0)
            {
                await TakeAsync(line.ToString(), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Nobody wants the rest.
        }
    }

    private async ValueTask TakeAsync(string line, CancellationToken cancellationToken)
    {
        lock (_tail)
        {
            _tail.Enqueue(line);
            if (_tail.Count > TailLines)
            {
                _tail.Dequeue();
            }
        }

        if (onLine is not null)
        {
            await onLine(line, cancellationToken).ConfigureAwait(false);
        }
    }
}
