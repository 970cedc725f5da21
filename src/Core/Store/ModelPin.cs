namespace OrleansAtlas.Store;

/// <summary>A model as a collection pins it.</summary>
/// <param name="Name">The card's name.</param>
/// <param name="Sha256">Of the ONNX file, lower-case hexadecimal.</param>
/// <param name="InputSize">Side of the square input in pixels.</param>
/// <param name="Dimensions">Numbers in a frame's descriptor: two squares' worth.</param>
public sealed record ModelPin(string Name, string Sha256, int InputSize, int Dimensions);
