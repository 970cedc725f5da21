using System.Numerics.Tensors;

namespace OrleansAtlas.Web.Maps;

/// <summary>A frame and its Euclidean distance in the reduced vectors.</summary>
internal readonly record struct FoundFrame(int Number, double Distance);

/// <summary>Exact neighbours by the reduced vectors: all of them are looked at.</summary>
internal static class TrueNeighbours
{
    /// <summary>A frame's neighbours, nearest first.</summary>
    public static async Task<IReadOnlyList<FoundFrame>> OfFrameAsync(OpenMap open, int number, int count, CancellationToken cancellationToken)
    {
        await using var rows = await ReducedRows.OpenAsync(open, cancellationToken);
        return await ScanAsync(open, rows, rows.Read(number, 1), number, count, cancellationToken);
    }

    /// <summary>The neighbours of any vector, nearest first.</summary>
    public static async Task<IReadOnlyList<FoundFrame>> OfVectorAsync(OpenMap open, float[] vector, int count, CancellationToken cancellationToken)
    {
        await using var rows = await ReducedRows.OpenAsync(open, cancellationToken);
        return await ScanAsync(open, rows, vector, -1, count, cancellationToken);
    }

    private static async Task<IReadOnlyList<FoundFrame>> ScanAsync(OpenMap open, ReducedRows rows, float[] vector, int self, int count, CancellationToken cancellationToken)
    {
        var map = open.Map;
        var nearest = new LeastRows[ReducedRows.Parts];
        await rows.ScanAsync((part, first, piece) =>
        {
            var found = nearest[part] ??= new LeastRows(count);
            for (var row = 0; row < piece.Length / rows.Width; row++)
            {
                var distance = TensorPrimitives.Distance(piece.Slice(row * rows.Width, rows.Width), vector);
                if (distance < found.Limit && first + row != self && map.Films[map[first + row].FilmIndex] is not null)
                {
                    found.Add(first + row, distance);
                }
            }
        }, cancellationToken);
        return [.. nearest.Where(part => part is not null).SelectMany(part => part.Rows)
            .OrderBy(row => row.Value).ThenBy(row => row.Row).Take(count).Select(row => new FoundFrame(row.Row, row.Value))];
    }
}

/// <summary>The rows with the least values of a scan.</summary>
/// <param name="count">How many.</param>
internal sealed class LeastRows(int count)
{
    private readonly PriorityQueue<int, float> _rows = new(count + 1);

    /// <summary>Only values below this are among the least so far.</summary>
    public float Limit { get; private set; } = float.PositiveInfinity;

    /// <summary>The rows in no order.</summary>
    public IEnumerable<(int Row, float Value)> Rows => _rows.UnorderedItems.Select(item => (item.Element, -item.Priority));

    /// <summary>Takes a row whose value is below <see cref="Limit"/>.</summary>
    public void Add(int row, float value)
    {
        _rows.Enqueue(row, -value);
        if (_rows.Count > count)
        {
            _rows.Dequeue();
        }

        if (_rows.Count == count && _rows.TryPeek(out _, out var worst))
        {
            Limit = -worst;
        }
    }
}
