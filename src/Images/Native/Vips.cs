using System.Runtime.InteropServices;

namespace OrleansAtlas.Images.Native;

/// <summary>The functions of libvips that take a fixed number of arguments; its variadic ones cannot be called soundly from here,
/// so operations are built by name (<see cref="VipsOperation"/>), as every binding does.</summary>
internal static partial class Vips
{
    public const string Library = "libvips.so.42";

    [LibraryImport(Library, EntryPoint = "vips_init", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Init(string program);

    [LibraryImport(Library, EntryPoint = "vips_version")]
    public static partial int Version(int part);

    [LibraryImport(Library, EntryPoint = "vips_concurrency_set")]
    public static partial void ConcurrencySet(int threads);

    [LibraryImport(Library, EntryPoint = "vips_cache_set_max")]
    public static partial void CacheSetMax(int operations);

    [LibraryImport(Library, EntryPoint = "vips_tracked_get_mem")]
    public static partial nuint TrackedMemory();

    [LibraryImport(Library, EntryPoint = "vips_error_buffer_copy")]
    public static partial nint ErrorBufferCopy();

    [LibraryImport(Library, EntryPoint = "vips_operation_new", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint OperationNew(string name);

    [LibraryImport(Library, EntryPoint = "vips_object_set_from_string", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ObjectSetFromString(VipsHandle handle, string options);

    [LibraryImport(Library, EntryPoint = "vips_object_build")]
    public static partial int ObjectBuild(VipsHandle handle);

    [LibraryImport(Library, EntryPoint = "vips_object_unref_outputs")]
    public static partial void ObjectUnrefOutputs(VipsHandle handle);

    [LibraryImport(Library, EntryPoint = "vips_foreign_find_load", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint FindLoad(string path);

    [LibraryImport(Library, EntryPoint = "vips_foreign_find_load_buffer")]
    public static unsafe partial nint FindLoadBuffer(byte* bytes, nuint length);

    [LibraryImport(Library, EntryPoint = "vips_image_new_from_memory")]
    public static unsafe partial nint ImageNewFromMemory(byte* bytes, nuint length, int width, int height, int bands, int format);

    [LibraryImport(Library, EntryPoint = "vips_image_write_to_memory")]
    public static partial nint ImageWriteToMemory(VipsHandle image, out nuint length);

    [LibraryImport(Library, EntryPoint = "vips_image_get_width")]
    public static partial int Width(VipsHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_height")]
    public static partial int Height(VipsHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_bands")]
    public static partial int Bands(VipsHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_format")]
    public static partial int Format(VipsHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_xoffset")]
    public static partial int OffsetX(VipsHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_yoffset")]
    public static partial int OffsetY(VipsHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_orientation")]
    public static partial int Orientation(VipsHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_interpretation")]
    public static partial int Interpretation(VipsHandle image);

    /// <summary>The type of a metadata field, 0 where there is no such field.</summary>
    [LibraryImport(Library, EntryPoint = "vips_image_get_typeof", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nuint TypeOf(VipsHandle image, string field);

    [LibraryImport(Library, EntryPoint = "vips_image_hasalpha")]
    public static partial int HasAlpha(VipsHandle image);

    [LibraryImport(Library, EntryPoint = "vips_image_get_type")]
    public static partial nuint ImageType();

    [LibraryImport(Library, EntryPoint = "vips_source_get_type")]
    public static partial nuint SourceType();

    [LibraryImport(Library, EntryPoint = "vips_blob_get_type")]
    public static partial nuint BlobType();

    /// <summary>With no free function, the blob only refers to the bytes.</summary>
    [LibraryImport(Library, EntryPoint = "vips_blob_new")]
    public static unsafe partial nint BlobNew(nint free, byte* bytes, nuint length);

    [LibraryImport(Library, EntryPoint = "vips_blob_get")]
    public static partial nint BlobGet(nint blob, out nuint length);

    [LibraryImport(Library, EntryPoint = "vips_area_unref")]
    public static partial void AreaUnref(nint area);

    /// <summary>Reads from a copy of the descriptor, which it closes itself.</summary>
    [LibraryImport(Library, EntryPoint = "vips_source_new_from_descriptor")]
    public static partial nint SourceNewFromDescriptor(int descriptor);
}
