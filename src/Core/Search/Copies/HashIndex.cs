using System.Numerics;
using System.Numerics.Tensors;

namespace OrleansAtlas.Search.Copies;

/// <summary>Pictures that can be looked up by a hash that is nearly theirs (multi-index hashing, Norouzi, Punjani and Fleet 2012): the bits
/// are cut into four bands, and a picture is looked at where one band is the same, but for bits whose coefficients are near zero.</summary>
/// <remarks>A look-up costs a few dozen short lists, however many pictures there are; a picture takes about 300 bytes.</remarks>
internal sealed class HashIndex
{
    private const int Bands = 4;
    private const int BandBits = 16;

    // Bits that may differ within a band: its three weakest.
    private const int Weak = 3;

    // A longer list is one of pictures that are all alike, such as those of a still film; so many of it are enough.
    private const int MostOfAList = 2048;
    private const int MostBitsApart = 22;

    private readonly PictureHash[] _hashes;
    private readonly int[][] _starts = new int[Bands][];
    private readonly int[][] _members = new int[Bands][];

    public HashIndex(IEnumerable<PictureHash> hashes)
    {
        _hashes = [.. hashes];
        for (var band = 0; band < Bands; band++)
        {
            var starts = new int[(1 << BandBits) + 1];
            foreach (var hash in _hashes)
            {
                starts[Key(hash.Bits, band) + 1]++;
            }

            for (var key = 0; key < 1 << BandBits; key++)
            {
                starts[key + 1] += starts[key];
            }

            var (members, next) = (new int[_hashes.Length], starts.AsSpan(0, 1 << BandBits).ToArray());
            for (var i = 0; i < _hashes.Length; i++)
            {
                members[next[Key(_hashes[i].Bits, band)]++] = i;
            }

            (_starts[band], _members[band]) = (starts, members);
        }
    }

    /// <summary>Tells of every picture whose coefficients have at least this cosine with those of a hash; the same one may come
    /// twice.</summary>
    public void Search(PictureHash hash, float least, Action<int, float> found)
    {
        Span<int> weakest = stackalloc int[Weak];
        for (var band = 0; band < Bands; band++)
        {
            Weakest(hash.Shares.AsSpan(band * BandBits, BandBits), weakest);
            var key = Key(hash.Bits, band);
            for (var flips = 0; flips < 1 << Weak; flips++)
            {
                var tried = key;
                for (var bit = 0; bit < Weak; bit++)
                {
                    tried ^= ((flips >> bit) & 1) << weakest[bit];
                }

                var (first, end) = (_starts[band][tried], _starts[band][tried + 1]);
                foreach (var i in _members[band].AsSpan(first, Math.Min(end - first, MostOfAList)))
                {
                    if (
                        BitOperations.PopCount(_hashes[i].Bits ^ hash.Bits) <= MostBitsApart
                        && TensorPrimitives.Dot<float>(_hashes[i].Shares, hash.Shares) is var cosine
                        && cosine >= least
                    )
                    {
                        found(i, cosine);
                    }
                }
            }
        }
    }

    private static int Key(ulong bits, int band) => (int)(bits >> (band * BandBits)) & ((1 << BandBits) - 1);

    private static void Weakest(ReadOnlySpan<float> shares, Span<int> weakest)
    {
        Span<float> size = stackalloc float[shares.Length];
        TensorPrimitives.Abs(shares, size);
        for (var i = 0; i < weakest.Length; i++)
        {
            weakest[i] = TensorPrimitives.IndexOfMin<float>(size);
            size[weakest[i]] = float.MaxValue;
        }
    }
}
