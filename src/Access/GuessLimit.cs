using System.Net;

namespace OrleansAtlas.Access;

/// <summary>Keeps who guesses keys waiting: five wrong ones from an address, or a hundred from all, in a minute.</summary>
internal sealed class GuessLimit(TimeProvider clock)
{
    private const int MostOfOne = 5;
    private const int MostOfAll = 100;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Queue<(DateTimeOffset At, IPAddress From)> _wrong = new();

    /// <summary>Notes a wrong key.</summary>
    public void Count(IPAddress from)
    {
        lock (_lock)
        {
            _wrong.Enqueue((clock.GetUtcNow(), from));
        }
    }

    /// <summary>How long an address has to wait; null where it may try.</summary>
    public TimeSpan? Wait(IPAddress from)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            while (_wrong.TryPeek(out var oldest) && now - oldest.At >= Window)
            {
                _wrong.Dequeue();
            }

            // At most a hundred and what came at the same moment: after that nobody is compared any more.
            var own = _wrong.Where(wrong => wrong.From.Equals(from)).ToList();
            var until =
                _wrong.Count >= MostOfAll ? _wrong.Peek().At
                : own.Count >= MostOfOne ? own[0].At
                : (DateTimeOffset?)null;
            return until + Window - now;
        }
    }
}
