using System.Runtime.InteropServices;
using OrleansAtlas.Errors;
using OrleansAtlas.Numerics;

namespace OrleansAtlas.Web.Maps;

/// <summary>The reduced vectors of a map where they are stored, <c>reduced.npy</c>. They are read through in pieces, so that memory does
/// not
/// grow with the map; the file stays in the system's cache, from where a million frames take a fraction of a second.</summary>
internal sealed class ReducedRows : IAsyncDisposable
{
    private const int PieceBytes = 512 << 10;

    private readonly OpenMap _open;
    private readonly Stream _stream;
    private readonly int _start;

    private ReducedRows(OpenMap open, Stream stream, int start, int width) =>
        (_open, _stream, _start, Width) = (open, stream, start, width);

    /// <summary>Numbers in a vector.</summary>
    public int Width { get; }

    /// <summary>Parts that <see cref="ScanAsync"/> reads at the same time.</summary>
    public static int Parts => Environment.ProcessorCount;

    /// <summary>What is done with some rows: the part, the number of the first row, and <c>[n, Width]</c>.</summary>
    public delegate void Visitor(int part, int first, ReadOnlySpan<float> rows);

    /// <summary>Opens the file.</summary>
    /// <exception cref="AtlasException">It is gone or damaged.</exception>
    public static async Task<ReducedRows> OpenAsync(OpenMap open, CancellationToken cancellationToken)
    {
        var stream = await StreamAsync(open, cancellationToken);
        var header = new byte[Math.Min(256, stream.Length)];
        await stream.ReadExactlyAsync(header, cancellationToken);
        var (description, shape, start) = Npy.ParseHeader(header);
        if (
            description == "<f4"
            && shape is [var rows, var width]
            && rows == open.Map.Count
            && stream.Length == start + ((long)rows * width * sizeof(float))
        )
        {
            return new ReducedRows(open, stream, start, width);
        }

        await stream.DisposeAsync();
        throw new DamagedFileException($"reduced.npy of map {open.Map.Info.Version} is damaged; make the map again with atlas place.");
    }

    /// <summary>Some rows after each other, <c>[count, Width]</c>.</summary>
    public float[] Read(int first, int count)
    {
        var rows = new float[count * Width];
        _stream.Position = Offset(first);
        _stream.ReadExactly(MemoryMarshal.AsBytes(rows.AsSpan()));
        return rows;
    }

    /// <summary>Shows every row to a visitor, which is called by one thread a part, each part's rows rising.</summary>
    public Task ScanAsync(Visitor visit, CancellationToken cancellationToken) =>
        Task.WhenAll(
            Enumerable.Range(0, Parts).Select(part => Task.Run(() => PartAsync(part, visit, cancellationToken), cancellationToken))
        );

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task PartAsync(int part, Visitor visit, CancellationToken cancellationToken)
    {
        var (next, end) = (Edge(part), Edge(part + 1));
        var piece = new float[Math.Max(1, PieceBytes / (Width * sizeof(float))) * Width];
        await using var stream = await StreamAsync(_open, cancellationToken);
        stream.Position = Offset(next);
        while (next < end)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var rows = piece.AsSpan(0, Math.Min(piece.Length, (end - next) * Width));
            stream.ReadExactly(MemoryMarshal.AsBytes(rows));
            visit(part, next, rows);
            next += rows.Length / Width;
        }
    }

    private int Edge(int part) => (int)((long)_open.Map.Count * part / Parts);

    private long Offset(int row) => _start + ((long)row * Width * sizeof(float));

    private static async Task<Stream> StreamAsync(OpenMap open, CancellationToken cancellationToken) =>
        await open.Map.Collection.Artifacts.OpenAsync(
            open.Map.Collection.Names.Map(open.Map.Info.Version, "reduced.npy"),
            cancellationToken
        ) ?? throw new NotFoundException($"Map {open.Map.Info.Version} has lost its file reduced.npy; make it again with atlas place.");
}
