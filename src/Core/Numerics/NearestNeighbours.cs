namespace OrleansAtlas.Numerics;

/// <summary>Finds the nearest of many vectors by looking at all of them, in exact distances. Several questions are asked together, so that
/// each vector is
/// read from memory once for all of them; the answer to one does not depend on the others.</summary>
/// <param name="rows">Vectors <c>[n, width]</c>.</param>
/// <param name="width">Numbers in one.</param>
internal sealed class NearestNeighbours(ReadOnlyMemory<float> rows, int width)
{
    /// <summary>Questions that are best asked together: they stay in the first-level cache.</summary>
    public const int Block = 8;

    /// <summary>Vectors there are.</summary>
    public int Count => rows.Length / width;

    /// <summary>For each question its <c>near.Length / questions</c> nearest vectors, nearest first, of equal ones the first; -1 where
    /// there are not so many.</summary>
    /// <param name="questions">Vectors <c>[q, width]</c>.</param>
    /// <param name="near">Gets indices, <c>[q, k]</c>.</param>
    /// <param name="squares">Gets their squared distances, <c>[q, k]</c>; infinite where there is none.</param>
    /// <param name="groupOf">Group of each vector; empty to look at all.</param>
    /// <param name="groups">Group of each question, whose vectors are passed over; empty likewise.</param>
    public void Find(
        ReadOnlySpan<float> questions,
        Span<int> near,
        Span<float> squares,
        ReadOnlySpan<int> groupOf = default,
        ReadOnlySpan<int> groups = default
    )
    {
        var count = questions.Length / width;
        var k = count > 0 ? near.Length / count : 0;
        near.Fill(-1);
        squares.Fill(float.PositiveInfinity);
        for (var start = 0; start < count; start += Block)
        {
            var n = Math.Min(Block, count - start);
            for (var j = 0; j < Count; j++)
            {
                var row = rows.Span.Slice(j * width, width);
                for (var q = start; q < start + n; q++)
                {
                    if (groups.IsEmpty || groups[q] != groupOf[j])
                    {
                        Insert(j, Distance.Squared(questions.Slice(q * width, width), row), near.Slice(q * k, k), squares.Slice(q * k, k));
                    }
                }
            }
        }
    }

    private static void Insert(int j, float square, Span<int> near, Span<float> squares)
    {
        if (!(square < squares[^1]))
        {
            return;
        }

        var at = near.Length - 1;
        for (; at > 0 && squares[at - 1] > square; at--)
        {
            (near[at], squares[at]) = (near[at - 1], squares[at - 1]);
        }

        (near[at], squares[at]) = (j, square);
    }
}
