using System.Numerics.Tensors;

namespace OrleansAtlas.Reduction.Stretching;

/// <summary>Functions on the square as sums of cosines that have no slope at its edges: what spreads by them stays in the square.
/// Lengths are in cells.</summary>
internal sealed class CosineBasis
{
    private readonly int _cells;
    private readonly double[] _middles;
    private readonly double[] _middlesAcross;
    private readonly double[] _nodes;
    private readonly double[] _nodesAcross;
    private readonly double[] _slopes;
    private readonly double[] _slopesAcross;

    /// <param name="cells">Of a side, 1 or more; their corners are the nodes, one more than cells.</param>
    public CosineBasis(int cells)
    {
        _cells = cells;
        _middles = Table(cells, (wave, place) => Norm(wave) * Math.Cos(Frequency(wave) * (place + 0.5)));
        _nodes = Table(cells + 1, (wave, place) => Norm(wave) * Math.Cos(Frequency(wave) * place));
        _slopes = Table(cells + 1, (wave, place) => -Norm(wave) * Frequency(wave) * Math.Sin(Frequency(wave) * place));
        (_middlesAcross, _nodesAcross, _slopesAcross) = (Turned(_middles), Turned(_nodes), Turned(_slopes));
    }

    /// <summary>Cosines of values at the middles of the cells, <c>[cells, cells]</c>.</summary>
    public double[] Analyse(double[] values) => Product(Product(_middlesAcross, values, _cells), _middles, _cells);

    /// <summary>Values at the middles of the cells.</summary>
    public double[] AtMiddles(double[] cosines) => Product(Product(_middles, cosines, _cells), _middlesAcross, _cells);

    /// <summary>Values and slopes at the nodes, <c>[cells + 1, cells + 1]</c>.</summary>
    public (double[] Values, double[] ByX, double[] ByY) AtNodes(double[] cosines)
    {
        var across = Product(_nodes, cosines, _cells);
        return (
            Product(across, _nodesAcross, _cells + 1),
            Product(across, _slopesAcross, _cells + 1),
            Product(Product(_slopes, cosines, _cells), _nodesAcross, _cells + 1)
        );
    }

    /// <summary>The cosines after they have spread as heat does; a blur whose deviation is the root of twice the time.</summary>
    public double[] Spread(double[] cosines, double time)
    {
        var left = new double[_cells];
        for (var wave = 0; wave < _cells; wave++)
        {
            left[wave] = Math.Exp(-Frequency(wave) * Frequency(wave) * time);
        }

        var spread = new double[cosines.Length];
        for (var i = 0; i < spread.Length; i++)
        {
            spread[i] = cosines[i] * left[i / _cells] * left[i % _cells];
        }

        return spread;
    }

    private double Frequency(int wave) => Math.PI * wave / _cells;

    private double Norm(int wave) => Math.Sqrt((wave == 0 ? 1.0 : 2.0) / _cells);

    /// <summary>A row for each place.</summary>
    private double[] Table(int places, Func<int, int, double> value) =>
        [.. Enumerable.Range(0, places * _cells).Select(i => value(i % _cells, i / _cells))];

    private double[] Turned(double[] table)
    {
        var rows = table.Length / _cells;
        var turned = new double[table.Length];
        for (var i = 0; i < table.Length; i++)
        {
            turned[(i % _cells * rows) + (i / _cells)] = table[i];
        }

        return turned;
    }

    /// <summary>Matrix product; the left one has as many columns as there are cells.</summary>
    private double[] Product(double[] left, double[] right, int columns)
    {
        var product = new double[left.Length / _cells * columns];
        for (var i = 0; i < left.Length; i++)
        {
            var row = product.AsSpan(i / _cells * columns, columns);
            TensorPrimitives.MultiplyAdd(right.AsSpan(i % _cells * columns, columns), left[i], row, row);
        }

        return product;
    }
}
