namespace OrleansAtlas.Search.Copies;

/// <summary>A run as it grows block by block; begins again where all before it speaks against the two being the same.</summary>
internal struct RunSum
{
    private int _from;
    private int _end;
    private double _evidence;
    private double _covariance;
    private double _energyA;
    private double _energyB;

    /// <summary>Takes the next block.</summary>
    public void Add(int start, int end, (double Covariance, double EnergyA, double EnergyB) movement)
    {
        if (_evidence <= 0)
        {
            (_from, _evidence, _covariance, _energyA, _energyB) = (start, 0, 0, 0, 0);
        }

        _end = end;
        _covariance += movement.Covariance;
        _energyA += movement.EnergyA;
        _energyB += movement.EnergyB;
        _evidence += MovementAlignment.Evidence(movement.Covariance, movement.EnergyA, movement.EnergyB, end - start);
    }

    /// <summary>The run so far where it has more evidence than another, else that one.</summary>
    /// <param name="best">The other.</param>
    /// <param name="firstA">Step of the first film that is step 0 of the run's count.</param>
    /// <param name="firstB">The same of the second.</param>
    public readonly AlignedRun? Better(AlignedRun? best, int firstA, int firstB) =>
        _evidence > (best?.Evidence ?? 0)
            ? new AlignedRun(firstA + _from, firstB + _from, _end - _from, _covariance / Math.Sqrt(_energyA * _energyB), _evidence)
            : best;
}
