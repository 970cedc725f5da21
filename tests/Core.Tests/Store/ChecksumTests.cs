namespace OrleansAtlas.Tests.Store;

/// <summary>Checksums in a folder.</summary>
public sealed class ChecksumTests : ArtifactChecksumTests
{
    protected override Task<StorePlace> PlaceAsync() => Task.FromResult<StorePlace>(new FolderPlace());
}
