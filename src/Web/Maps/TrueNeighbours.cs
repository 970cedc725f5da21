using System.Numerics.Tensors;
using OrleansAtlas.Search.Index;

namespace OrleansAtlas.Web.Maps;

// Why: docs/decisions/web-map-search.md
/// <summary>A frame and its Euclidean distance in the reduced vectors.</summary>
internal readonly record struct FoundFrame(int Number, double Distance);

/// <summary>Exact neighbours by the reduced vectors: all of them are looked at.</summary>
internal static class TrueNeighbours
{
    /// <summary>A frame's neighbours, nearest first.</summary>
    public static async Task<IReadOnlyList<FoundFrame>> OfFrameAsync(
        OpenMap open,
        int number,
        int count,
        CancellationToken cancellationToken
    )
    {
        await using var rows = await ReducedRows.OpenAsync(open, cancellationToken);
        return await ScanAsync(open, rows, rows.Read(number, 1), number, count, cancellationToken);
    }

    /// <summary>The neighbours of any vector, nearest first.</summary>
    public static async Task<IReadOnlyList<FoundFrame>> OfVectorAsync(
        OpenMap open,
        float[] vector,
        int count,
        CancellationToken cancellationToken
    )
    {
        await using var rows = await ReducedRows.OpenAsync(open, cancellationToken);
        return await ScanAsync(open, rows, vector, -1, count, cancellationToken);
    }

    private static async Task<IReadOnlyList<FoundFrame>> ScanAsync(
        OpenMap open,
        ReducedRows rows,
        float[] vector,
        int self,
        int count,
        CancellationToken cancellationToken
    )
    {
        var map = open.Map;
        var nearest = new TopK[ReducedRows.Parts];
        await rows.ScanAsync(
            (part, first, piece) =>
            {
                var found = nearest[part] ??= new TopK(count);
                for (var row = 0; row < piece.Length / rows.Width; row++)
                {
                    var distance = TensorPrimitives.Distance(piece.Slice(row * rows.Width, rows.Width), vector);
                    if (distance < found.Limit && first + row != self && map.Films[map[first + row].FilmIndex] is not null)
                    {
                        found.Offer(first + row, distance);
                    }
                }
            },
            cancellationToken
        );
        return
        [
            .. nearest
                .Where(part => part is not null)
                .SelectMany(part => part.Least())
                .OrderBy(row => row.Value)
                .ThenBy(row => row.Row)
                .Take(count)
                .Select(row => new FoundFrame(row.Row, row.Value)),
        ];
    }
}
