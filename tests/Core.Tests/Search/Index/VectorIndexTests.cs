using System.Numerics.Tensors;
using OrleansAtlas.Numerics;
using OrleansAtlas.Search.Clips;
using OrleansAtlas.Search.Index;

namespace OrleansAtlas.Tests;

public sealed class VectorIndexTests
{
    [Theory]
    [InlineData(256)]
    [InlineData(100)]
    public void Finds_what_looking_at_all_exactly_finds(int width)
    {
        const int Count = 20_000;
        var random = new Xoshiro256(5);
        var rows = new float[Count * width];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = random.NextGaussian();
        }

        Clip.Unit(rows, width);
        var index = new VectorIndex(Count, width, 1);
        index.Add(rows);
        var hits = 0;
        for (var q = 0; q < 20; q++)
        {
            var query = rows.AsSpan(q * 37 * width, width).ToArray();
            query[0] += 0.2f;
            var exact = Enumerable
                .Range(0, Count)
                .OrderBy(row => TensorPrimitives.Distance(query, rows.AsSpan(row * width, width)))
                .Take(10)
                .ToHashSet();
            var found = index.Search(query, 10, TestContext.Current.CancellationToken);
            hits += found.Count(neighbour => exact.Contains(neighbour.Row));
            Assert.Equal(q * 37, found[0].Row);
            Assert.Equal(0.04, found[0].Distance, 3);
        }

        Assert.InRange(hits, 198, 200);
    }

    [Fact]
    public void An_index_with_fewer_vectors_than_asked_gives_all_of_them()
    {
        var index = new VectorIndex(3, 2, 1);
        index.Add([0f, 1, 1, 0, 0.5f, 0.5f]);
        Assert.Equal([1, 2, 0], index.Search([1f, 0], 10, TestContext.Current.CancellationToken).Select(neighbour => neighbour.Row));
    }

    [Fact]
    public void A_query_of_another_width_is_refused_in_one_sentence()
    {
        var error = Assert.Throws<ArgumentException>(() => new VectorIndex(1, 3, 1).Search([1f], 1, TestContext.Current.CancellationToken));
        Assert.Contains("1 numbers, the vectors of this index have 3", error.Message);
    }
}
