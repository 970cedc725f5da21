namespace OrleansAtlas.Search.Copies;

/// <summary>Where two tracks show the same movement.</summary>
/// <param name="FirstA">First step of the first track.</param>
/// <param name="FirstB">First step of the second.</param>
/// <param name="Count">Steps.</param>
/// <param name="Correlation">Of what moves, over these steps: 1 for the same movement, about 0 for unrelated ones, however alike the
/// pictures stand still.</param>
/// <param name="Evidence">Steps times correlation above the level of chance: by this alignments are compared.</param>
internal readonly record struct AlignedRun(int FirstA, int FirstB, int Count, double Correlation, double Evidence);
