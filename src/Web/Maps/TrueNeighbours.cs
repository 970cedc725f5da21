using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using OrleansAtlas.Store;

namespace OrleansAtlas.Web.Maps;

/// <summary>Frames nearest to a vector.</summary>
/// <param name="Nearest">Nearest first.</param>
/// <param name="Films">The nearest frame of each film but one, nearest first.</param>
internal sealed record FoundFrames(IReadOnlyList<FoundFrame> Nearest, IReadOnlyList<FoundFrame> Films);

/// <summary>A frame and its Euclidean distance in the reduced vectors.</summary>
internal readonly record struct FoundFrame(int Number, double Distance);

/// <summary>Exact neighbours by the reduced vectors: <c>reduced.npy</c> is read from one end to the other in pieces, so that memory does not
/// grow with the map; it stays in the system's file cache, from where a million frames take about a second.</summary>
internal static class TrueNeighbours
{
    private const int PieceBytes = 4 << 20;

    /// <summary>A frame's neighbours.</summary>
    public static async Task<FoundFrames> OfFrameAsync(OpenMap open, int number, int count, CancellationToken cancellationToken)
    {
        await using var stream = await OpenAsync(open, cancellationToken);
        var (width, start) = await HeaderAsync(open, stream, cancellationToken);
        stream.Position = start + ((long)number * width * sizeof(float));
        var bytes = new byte[width * sizeof(float)];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return await ScanAsync(open, stream, start, MemoryMarshal.Cast<byte, float>(bytes).ToArray(), number, count, cancellationToken);
    }

    /// <summary>The neighbours of any vector.</summary>
    public static async Task<FoundFrames> OfVectorAsync(OpenMap open, float[] vector, int count, CancellationToken cancellationToken)
    {
        await using var stream = await OpenAsync(open, cancellationToken);
        var (width, start) = await HeaderAsync(open, stream, cancellationToken);
        return width == vector.Length
            ? await ScanAsync(open, stream, start, vector, -1, count, cancellationToken)
            : throw new InvalidDataException($"The vector has {vector.Length} numbers, the map's have {width}.");
    }

    private static async Task<FoundFrames> ScanAsync(OpenMap open, Stream stream, int start, float[] vector, int self, int count, CancellationToken cancellationToken)
    {
        var (map, width) = (open.Map, vector.Length);
        var own = self < 0 ? -1 : map[self].FilmIndex;
        var nearest = new PriorityQueue<int, float>();
        var films = new Dictionary<int, (int Number, float Distance)>();
        var rows = Math.Max(1, PieceBytes / (width * sizeof(float)));
        var (piece, distances) = (new byte[rows * width * sizeof(float)], new float[rows]);
        stream.Position = start;
        for (var first = 0; first < map.Count; first += rows)
        {
            var here = Math.Min(rows, map.Count - first);
            await stream.ReadExactlyAsync(piece.AsMemory(0, here * width * sizeof(float)), cancellationToken);
            Parallel.For(0, Environment.ProcessorCount, part =>
            {
                var vectors = MemoryMarshal.Cast<byte, float>(piece);
                for (var row = here * part / Environment.ProcessorCount; row < here * (part + 1) / Environment.ProcessorCount; row++)
                {
                    distances[row] = TensorPrimitives.Distance(vectors.Slice(row * width, width), vector);
                }
            });
            for (var row = 0; row < here; row++)
            {
                var (number, distance) = (first + row, distances[row]);
                var film = map[number].FilmIndex;
                if (number == self || map.Films[film] is null)
                {
                    continue;
                }

                if (nearest.Count < count)
                {
                    nearest.Enqueue(number, -distance);
                }
                else if (nearest.TryPeek(out _, out var worst) && distance < -worst)
                {
                    nearest.DequeueEnqueue(number, -distance);
                }

                if (film != own && (!films.TryGetValue(film, out var best) || distance < best.Distance))
                {
                    films[film] = (number, distance);
                }
            }
        }

        return new FoundFrames(
            [.. nearest.UnorderedItems.Select(item => new FoundFrame(item.Element, -item.Priority)).OrderBy(item => item.Distance).ThenBy(item => item.Number)],
            [.. films.Values.OrderBy(item => item.Distance).ThenBy(item => item.Number).Take(count).Select(item => new FoundFrame(item.Number, item.Distance))]);
    }

    private static async Task<Stream> OpenAsync(OpenMap open, CancellationToken cancellationToken) =>
        await open.Map.Collection.Artifacts.OpenAsync(open.Map.Collection.Names.Map(open.Map.Info.Version, "reduced.npy"), cancellationToken)
            ?? throw new InvalidDataException($"Map {open.Map.Info.Version} has lost its file reduced.npy; make it again with atlas place.");

    private static async Task<(int Width, int Start)> HeaderAsync(OpenMap open, Stream stream, CancellationToken cancellationToken)
    {
        var header = new byte[Math.Min(256, stream.Length)];
        await stream.ReadExactlyAsync(header, cancellationToken);
        var (description, shape, start) = Npy.ParseHeader(header);
        return description == "<f4" && shape is [var rows, var width] && rows == open.Map.Count && stream.Length == start + ((long)rows * width * sizeof(float))
            ? (width, start)
            : throw new InvalidDataException($"reduced.npy of map {open.Map.Info.Version} is damaged; make the map again with atlas place.");
    }
}
