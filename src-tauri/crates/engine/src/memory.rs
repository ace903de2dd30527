//! The memory budget of one call: what the script engine allocates and what native operations hold for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rquickjs::allocator::{Allocator, RustAllocator};

/// Bytes granted once after the limit was hit, so that the error that says so can still be built.
const RESERVE: usize = 512 << 10;

/// Bytes that an allocation costs beyond its payload.
const OVERHEAD: usize = 16;

#[derive(Debug)]
struct Counters {
    used: AtomicUsize,
    peak: AtomicUsize,
    limit: AtomicUsize,
    exhausted: AtomicBool,
}

/// Shared view of a call's memory budget.
#[derive(Clone, Debug)]
pub(crate) struct Budget(Arc<Counters>);

impl Budget {
    /// Nothing is refused before [`Budget::enforce`]: the engine does not survive a shortage while a context is made.
    pub(crate) fn new() -> Self {
        Self(Arc::new(Counters {
            used: AtomicUsize::new(0),
            peak: AtomicUsize::new(0),
            limit: AtomicUsize::new(usize::MAX / 2),
            exhausted: AtomicBool::new(false),
        }))
    }

    /// From now on, what goes beyond `limit` bytes is refused.
    pub(crate) fn enforce(&self, limit: usize) {
        self.0.limit.store(limit, Ordering::Relaxed);
    }

    /// Counts `bytes` in; `false` = over the limit, nothing was counted.
    pub(crate) fn reserve(&self, bytes: usize) -> bool {
        let counters = &*self.0;
        let used = counters.used.load(Ordering::Relaxed).saturating_add(bytes);
        if used > counters.limit.load(Ordering::Relaxed) {
            if !counters.exhausted.swap(true, Ordering::Relaxed) {
                counters.limit.fetch_add(RESERVE, Ordering::Relaxed);
            }
            return false;
        }
        counters.used.store(used, Ordering::Relaxed);
        if used > counters.peak.load(Ordering::Relaxed) {
            counters.peak.store(used, Ordering::Relaxed);
        }
        true
    }

    pub(crate) fn release(&self, bytes: usize) {
        let used = self.0.used.load(Ordering::Relaxed);
        self.0.used.store(used.saturating_sub(bytes), Ordering::Relaxed);
    }

    pub(crate) fn used(&self) -> usize {
        self.0.used.load(Ordering::Relaxed)
    }

    /// Bytes until the limit.
    pub(crate) fn left(&self) -> usize {
        self.0.limit.load(Ordering::Relaxed).saturating_sub(self.used())
    }

    pub(crate) fn peak(&self) -> usize {
        self.0.peak.load(Ordering::Relaxed)
    }

    /// The limit was hit at least once.
    pub(crate) fn exhausted(&self) -> bool {
        self.0.exhausted.load(Ordering::Relaxed)
    }
}

/// The engine's allocator: the global one, counted against a [`Budget`].
pub(crate) struct Counted(pub(crate) Budget);

// SAFETY: every block comes from, is resized by and goes back to `RustAllocator`; this type only counts and refuses.
#[expect(unsafe_code, reason = "an allocator for a C library can only be written so")]
unsafe impl Allocator for Counted {
    fn alloc(&mut self, size: usize) -> *mut u8 {
        if size > isize::MAX as usize / 2 || !self.0.reserve(size + OVERHEAD) {
            return std::ptr::null_mut();
        }
        let block = RustAllocator.alloc(size);
        self.settle(block, size + OVERHEAD)
    }

    fn calloc(&mut self, count: usize, size: usize) -> *mut u8 {
        let Some(total) = count.checked_mul(size).filter(|total| *total <= isize::MAX as usize / 2)
        else {
            return std::ptr::null_mut();
        };
        if !self.0.reserve(total + OVERHEAD) {
            return std::ptr::null_mut();
        }
        let block = RustAllocator.calloc(count, size);
        self.settle(block, total + OVERHEAD)
    }

    unsafe fn dealloc(&mut self, block: *mut u8) {
        // SAFETY: the caller hands back a block of this allocator, which is one of `RustAllocator`.
        unsafe {
            self.0.release(RustAllocator::usable_size(block) + OVERHEAD);
            RustAllocator.dealloc(block);
        }
    }

    unsafe fn realloc(&mut self, block: *mut u8, size: usize) -> *mut u8 {
        if block.is_null() {
            return self.alloc(size);
        }
        if size > isize::MAX as usize / 2 {
            return std::ptr::null_mut();
        }
        // SAFETY: as in `dealloc`.
        unsafe {
            let before = RustAllocator::usable_size(block);
            if size > before && !self.0.reserve(size - before) {
                return std::ptr::null_mut();
            }
            let moved = RustAllocator.realloc(block, size);
            if moved.is_null() {
                self.0.release(size.saturating_sub(before));
                return moved;
            }
            let after = RustAllocator::usable_size(moved);
            let counted = before.max(size);
            if after > counted {
                self.0.force(after - counted);
            } else {
                self.0.release(counted - after);
            }
            moved
        }
    }

    unsafe fn usable_size(block: *mut u8) -> usize {
        // SAFETY: as in `dealloc`.
        unsafe { RustAllocator::usable_size(block) }
    }
}

impl Budget {
    /// Counts `bytes` in without asking: the few bytes of rounding of a block that exists already.
    fn force(&self, bytes: usize) {
        self.0.used.fetch_add(bytes, Ordering::Relaxed);
    }
}

impl Counted {
    /// Corrects the count by what the block really holds.
    fn settle(&self, block: *mut u8, counted: usize) -> *mut u8 {
        if block.is_null() {
            self.0.release(counted);
            return block;
        }
        // SAFETY: the block was just allocated by `RustAllocator`.
        #[expect(unsafe_code, reason = "reads the header of the block just allocated")]
        let held = unsafe { RustAllocator::usable_size(block) } + OVERHEAD;
        if held > counted {
            self.0.force(held - counted);
        }
        block
    }
}
