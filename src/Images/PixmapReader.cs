using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text;
using OrleansAtlas.Imaging;

namespace OrleansAtlas.Images;

/// <summary>A picture as a portable pixmap (netpbm's P6) that is made while it is read: rows are asked for from the top, a strip at
/// a time.</summary>
internal sealed class PixmapReader(int width, int height, StripFiller strip, CancellationToken cancellationToken)
{
    private const int StripBytes = 4 << 20;

    private readonly byte[] _rows = new byte[Math.Clamp(StripBytes / (width * 3), 1, height) * width * 3];
    private ReadOnlyMemory<byte> _unread = Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"P6\n{width} {height}\n255\n")
    );
    private int _top;

    /// <summary>Why a strip could not be had; null as long as all could.</summary>
    public ExceptionDispatchInfo? Failure { get; private set; }

    /// <summary>Gives the next bytes. An exception would be lost in libvips, which calls this: it is kept in
    /// <see cref="Failure"/>.</summary>
    /// <param name="buffer">Gets them at its start.</param>
    /// <param name="length">How many at most.</param>
    /// <returns>How many; 0 at the end, -1 after a failure.</returns>
    public int Read(byte[] buffer, int length)
    {
        try
        {
            if (_unread.IsEmpty)
            {
                Fill();
            }
        }
        catch (Exception error)
        {
            Failure = ExceptionDispatchInfo.Capture(error);
            return -1;
        }

        var count = Math.Min(length, _unread.Length);
        _unread.Span[..count].CopyTo(buffer);
        _unread = _unread[count..];
        return count;
    }

    private void Fill()
    {
        cancellationToken.ThrowIfCancellationRequested();
        var filled = _rows.AsMemory(0, Math.Min(_rows.Length, (height - _top) * width * 3));
        if (!filled.IsEmpty)
        {
            strip(_top, filled.Span);
        }

        _top += filled.Length / (width * 3);
        _unread = filled;
    }
}
